#pragma once
#include <QWidget>

class QGridLayout;
class QLabel;

namespace sealwright::ui {

struct Fact {
    QString name, answer;
    bool html = false; ///< then what others wrote is escaped in the answer
    QString tip = {};  ///< the answer's tooltip, as it is
};

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
    /// These and no others. A row that says what it said before is left alone, and its place is laid out once: for what
    /// is shown again and again. Not together with rows that were added.
    void setFacts(const QList<Fact>& facts);

private:
    QLabel* addLabel(const QString& name, QLabel* answer, const QString& spoken);
    static void say(QLabel* answer, const QString& name, const QString& spoken);
    void truncate(int rows);

    QGridLayout* m_grid;
    int m_rows = 0;
};

/// `text` in fixed width, for rich text; escaped.
QString fixedHtml(const QString& text);

} // namespace sealwright::ui
