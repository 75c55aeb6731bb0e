#include "ui/fields/reading_menu.h"

#include "ui/common/sheet.h"

#include <QCoreApplication>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

namespace sealwright::ui {
namespace {

using namespace Qt::StringLiterals;
using views::FieldsView;
using views::SourceFacts;

struct ReadingMenu {
    Q_DECLARE_TR_FUNCTIONS(sealwright::ui::ReadingMenu)
};

/// One way to read; `change` is what it overrules.
template <class Change>
void addWay(QMenu* menu, FieldsView& view, const QString& text, bool current, Change change) {
    QAction* action = menu->addAction(text);
    action->setCheckable(true);
    action->setChecked(current);
    QObject::connect(action, &QAction::triggered, &view, [&view, change] {
        DialectWish wish = view.source().wish;
        change(wish);
        view.readAs(wish);
    });
}

void addDelimiters(QMenu* menu, FieldsView& view) {
    const std::initializer_list<std::pair<char, QString>> ways{{',', ReadingMenu::tr("Comma")},
                                                               {';', ReadingMenu::tr("Semicolon")},
                                                               {'\t', ReadingMenu::tr("Tab")},
                                                               {'|', ReadingMenu::tr("Vertical bar")}};
    for (const auto& [delimiter, text] : ways)
        addWay(menu, view, text, view.source().delimiter == QLatin1Char(delimiter),
               [delimiter = delimiter](DialectWish& wish) { wish.delimiter = delimiter; });
}

void addEncodings(QMenu* menu, FieldsView& view) {
    for (const char* name : {"UTF-8", "windows-1252", "ISO-8859-1", "ISO-8859-15", "windows-1250", "ISO-8859-2",
                             "windows-1251", "windows-1253", "windows-1254"})
        addWay(menu, view, QString::fromLatin1(name), view.source().encoding == QLatin1String(name),
               [name](DialectWish& wish) { wish.encoding = name; });
}

void addCsv(QMenu* menu, FieldsView& view) {
    const SourceFacts& source = view.source();
    QMenu* first = menu->addMenu(ReadingMenu::tr("First line"));
    addWay(first, view, ReadingMenu::tr("Column names, which leave readable"), source.header,
           [](DialectWish& wish) { wish.header = true; });
    addWay(first, view, ReadingMenu::tr("A record like the others"), !source.header,
           [](DialectWish& wish) { wish.header = false; });
    addDelimiters(menu->addMenu(ReadingMenu::tr("Between fields")), view);
    QMenu* quotes = menu->addMenu(ReadingMenu::tr("Quotes"));
    addWay(quotes, view, ReadingMenu::tr("Around fields"), source.quoting,
           [](DialectWish& wish) { wish.quoting = true; });
    addWay(quotes, view, ReadingMenu::tr("Are ordinary characters"), !source.quoting,
           [](DialectWish& wish) { wish.quoting = false; });
    addEncodings(menu->addMenu(ReadingMenu::tr("Encoding")), view);
}

void askForRecords(FieldsView& view, QWidget* parent) {
    auto* sheet = new Sheet(ReadingMenu::tr("Where are the records?"),
                            ReadingMenu::tr("The name of the list that holds them, as entry[] or data.items[]. What "
                                            "stands outside it is sealed too."),
                            ReadingMenu::tr("Read again"), parent);
    auto* edit = new QLineEdit(view.source().recordsAt, sheet);
    edit->setAccessibleName(ReadingMenu::tr("List of records"));
    sheet->body()->addWidget(edit);
    sheet->setVerbEnabled(!edit->text().isEmpty());
    QObject::connect(edit, &QLineEdit::textChanged, sheet,
                     [sheet](const QString& text) { sheet->setVerbEnabled(!text.isEmpty()); });
    QObject::connect(sheet, &QDialog::accepted, &view, [&view, edit] {
        DialectWish wish = view.source().wish;
        wish.recordsAt = edit->text().toStdString();
        view.readAs(wish);
    });
    sheet->open();
}

void addJson(QMenu* menu, FieldsView& view, QWidget* parent) {
    const SourceFacts& source = view.source();
    addWay(menu, view, ReadingMenu::tr("The whole is one record, or a list of them"), source.recordsAt.isEmpty(),
           [](DialectWish& wish) { wish.recordsAt = std::string(); });
    QAction* place =
        menu->addAction(source.recordsAt.isEmpty() ? ReadingMenu::tr("The records are in…")
                                                   : ReadingMenu::tr("The records are in %1…").arg(source.recordsAt));
    place->setCheckable(true);
    place->setChecked(!source.recordsAt.isEmpty());
    QObject::connect(place, &QAction::triggered, &view, [&view, parent] { askForRecords(view, parent); });
}

} // namespace

QMenu* makeReadingMenu(FieldsView& view, QWidget* parent) {
    auto* menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    switch (view.source().kind) {
    case SourceFacts::Kind::Csv:
        addCsv(menu, view);
        break;
    case SourceFacts::Kind::Json:
        addJson(menu, view, parent);
        break;
    case SourceFacts::Kind::JsonLines:
        return menu;
    }
    menu->addSeparator();
    QAction* found = menu->addAction(ReadingMenu::tr("As it looks by itself"));
    found->setEnabled(!(view.source().wish == DialectWish()));
    QObject::connect(found, &QAction::triggered, &view, [&view] { view.readAs({}); });
    return menu;
}

} // namespace sealwright::ui
