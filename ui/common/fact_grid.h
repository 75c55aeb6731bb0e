#pragma once
#include <QWidget>

class QGridLayout;
class QLabel;

namespace sealwright::ui {

/// Facts as a contract has them: what, and beside it the answer. Columns line up over all rows.
class FactGrid : public QWidget {
    Q_OBJECT
public:
    explicit FactGrid(QWidget* parent = nullptr, int nameWidth = 150);

    /// A row whose answer is plain text.
    QLabel* addText(const QString& name, const QString& text);
    /// One whose answer is rich text: what others wrote must be escaped in it.
    QLabel* addHtml(const QString& name, const QString& html);
    void addWidget(const QString& name, QWidget* widget);
    void clear();

private:
    QLabel* addLabel(const QString& name, QLabel* answer, const QString& spoken);
    QGridLayout* m_grid;
    int m_rows = 0;
};

/// `text` in fixed width, for rich text; escaped.
QString fixedHtml(const QString& text);

} // namespace sealwright::ui
