#include "ui/fields/state_menu.h"

#include "ui/common/words.h"

#include <QCoreApplication>
#include <QMenu>
#include <QPersistentModelIndex>

#include <algorithm>

namespace sealwright::ui {
namespace {

using items::FieldChoice;
using items::FieldState;

struct StateMenu {
    Q_DECLARE_TR_FUNCTIONS(sealwright::ui::StateMenu)
};

struct Entry {
    FieldChoice choice;
    QString text, meaning;
};

QList<Entry> entriesFor(views::FieldsView& view, const QModelIndexList& indexes) {
    QList<Entry> entries;
    const auto add = [&](const FieldChoice& choice, const QString& text = {}) {
        entries.append({choice, text.isEmpty() ? wordFor(choice.state) : text, meaningOf(choice.state)});
    };
    add({FieldState::Sealed, 0, 0, {}});
    add({FieldState::Joinable, 0, 0, {}});
    const QString alphabet = view.alphabetFor(view.fields()->leavesUnder(indexes));
    add({FieldState::SameForm, 0, 0, alphabet});
    add({FieldState::Pseudonym, 0, 0, {}});
    add({FieldState::Masked, 0, 0, {}});
    add({FieldState::Masked, 0, 4, {}}, StateMenu::tr("Masked, the last four stay"));
    add({FieldState::LeftOut, 0, 0, {}});
    add({FieldState::Readable, 0, 0, {}});
    return entries;
}

} // namespace

QMenu* makeStateMenu(views::FieldsView& view, const QModelIndexList& indexes, QWidget* parent) {
    auto* menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    QList<QPersistentModelIndex> chosen(indexes.begin(), indexes.end());
    const auto leaves = view.fields()->leavesUnder(indexes);
    if (leaves.size() > 1) {
        menu->addAction(StateMenu::tr("%n field(s) become:", nullptr, static_cast<int>(leaves.size())))
            ->setEnabled(false);
        menu->addSeparator();
    }
    for (const Entry& entry : entriesFor(view, indexes)) {
        QAction* action = menu->addAction(entry.text);
        const bool allowed = view.fields()->allows(indexes, entry.choice);
        action->setEnabled(allowed);
        const bool noAlphabet = entry.choice.state == FieldState::SameForm && entry.choice.alphabet.isEmpty();
        action->setToolTip(allowed      ? entry.meaning
                           : noAlphabet ? StateMenu::tr("The values shown are not of letters and digits alone.")
                                        : StateMenu::tr("The job demands more than this."));
        action->setCheckable(true);
        action->setChecked(!leaves.empty() && std::all_of(leaves.begin(), leaves.end(), [&](int leaf) {
            return view.fields()->leaves()[static_cast<std::size_t>(leaf)].choice == entry.choice;
        }));
        QObject::connect(action, &QAction::triggered, &view, [&view, chosen, choice = entry.choice] {
            QModelIndexList still;
            for (const auto& index : chosen)
                if (index.isValid())
                    still.append(index);
            view.fields()->choose(still, choice);
        });
    }
    return menu;
}

} // namespace sealwright::ui
