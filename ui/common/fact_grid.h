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

    /// A row whose answer is text; rich text where it holds a fixed-width part made by fixedHtml().
    QLabel* addText(const QString& name, const QString& text);
    void addWidget(const QString& name, QWidget* widget);
    void clear();

private:
    QGridLayout* m_grid;
};

/// `text` in fixed width, for rich text; escaped.
QString fixedHtml(const QString& text);

} // namespace sealwright::ui
