#include "ui/keys/people_card.h"

#include "ui/common/fact_grid.h"
#include "ui/common/format.h"
#include "ui/common/metrics.h"
#include "ui/common/pick_file.h"
#include "ui/common/sheet.h"
#include "ui/common/table.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sealwright::ui {
namespace {

class AddressDelegate : public CellDelegate {
public:
    using CellDelegate::CellDelegate;
    Look look(const QModelIndex& index) const override {
        Look look = CellDelegate::look(index);
        if (index.column() == items::AddressTableModel::Words) {
            look.text = spacedWords(look.text);
            look.fixed = true;
        } else if (index.column() == items::AddressTableModel::From &&
                   index.data(items::AddressTableModel::FromRegistrationRole).toBool()) {
            look.text = PeopleCard::tr("registration");
        }
        return look;
    }
};

} // namespace

PeopleCard::PeopleCard(views::KeysView& view, QWidget* parent) : Card(parent), m_view(view) {
    m_view.addresses()->setHeadings({tr("name"), tr("fingerprint"), tr("known since"), tr("from")});
    auto* addKey = button(tr("Add recipient key…"), this);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(14, space12, 14, space4);
    top->addWidget(label(tr("People and platforms"), "cardTitle", this), 1);
    m_forget = button(tr("Forget…"), this);
    top->setSpacing(space12);
    top->addWidget(m_forget);
    top->addWidget(addKey);
    m_table = new Table(this);
    m_table->setModel(m_view.addresses());
    m_table->setItemDelegate(new AddressDelegate(m_table));
    m_table->setAccessibleName(tr("People and platforms"));
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setColumnWidth(items::AddressTableModel::Name, 190);
    m_table->setColumnWidth(items::AddressTableModel::Words, 400);
    m_table->setColumnWidth(items::AddressTableModel::Since, 120);
    auto* empty =
        label(tr("Nobody yet. Add the recipient key of somebody you want to seal files for; they can share it from "
                 "this page of their own Sealwright."),
              "secondary", this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setContentsMargins(space24, 0, space24, 0);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_table);
    m_stack->addWidget(empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(space8);
    layout->addLayout(top);
    layout->addWidget(m_stack, 1);

    connect(addKey, &QPushButton::clicked, this, [this] {
        pickFile(this, tr("Choose a recipient key"), tr("Keys (*.jwks *.jwk *.json *.pem *.pub);;All files (*)"),
                 [this](const QString& path) { m_view.readAddress(path); });
    });
    connect(m_forget, &QPushButton::clicked, this, &PeopleCard::forget);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &PeopleCard::show);
    connect(&m_view, &views::KeysView::addressOffered, this, &PeopleCard::add);
    connect(&m_view, &views::PageView::changed, this, &PeopleCard::show);
    show();
}

void PeopleCard::show() {
    m_stack->setCurrentIndex(m_view.addresses()->rowCount() > 0 ? 0 : 1);
    const items::AddressRow* row = current();
    m_forget->setEnabled(row && !row->fromRegistration);
    m_forget->setToolTip(row && row->fromRegistration ? tr("The platform's key belongs to the registration.")
                                                      : QString());
}

void PeopleCard::add(const items::AddressRow& found) {
    auto* sheet = new Sheet(
        tr("Whose recipient key is this?"),
        tr("Compare the six words with them, by phone or in person. What you seal for this key can be opened by "
           "whoever holds it."),
        tr("Add"), this);
    auto* facts = new FactGrid(sheet, 90);
    facts->addHtml(tr("Six words"), fixedHtml(spacedWords(found.words)));
    facts->addWidget(tr("Whole key"), fixedLabel(found.kid, facts));
    sheet->body()->addWidget(facts);
    auto* name = new QLineEdit(found.name, sheet);
    name->setPlaceholderText(tr("Name, as you call them"));
    name->setAccessibleName(tr("Name"));
    auto* from = new QLineEdit(sheet);
    from->setPlaceholderText(tr("How you know, such as: file, compared by phone"));
    from->setAccessibleName(tr("How you know"));
    sheet->body()->addWidget(name);
    sheet->body()->addWidget(from);
    sheet->setVerbEnabled(!name->text().trimmed().isEmpty());
    connect(name, &QLineEdit::textChanged, sheet,
            [sheet](const QString& text) { sheet->setVerbEnabled(!text.trimmed().isEmpty()); });
    connect(sheet, &QDialog::accepted, this,
            [this, kid = found.kid, name, from] { m_view.addAddress(kid, name->text(), from->text()); });
    sheet->open();
    name->setFocus();
}

const items::AddressRow* PeopleCard::current() const {
    const auto& rows = m_view.addresses()->rows();
    const auto at = static_cast<std::size_t>(m_table->currentIndex().row());
    return m_table->currentIndex().isValid() && at < rows.size() ? &rows[at] : nullptr;
}

void PeopleCard::forget() {
    const items::AddressRow* row = current();
    if (!row)
        return;
    auto* sheet =
        new Sheet(tr("Forget the key of %1?").arg(row->name),
                  row->canReceive ? tr("Nothing can be sealed for it any more until it is added again. What was sealed "
                                       "for it before can still be opened by whoever holds it.")
                                  : tr("What was signed with it will be shown as signed by nobody known here."),
                  tr("Forget"), this);
    connect(sheet, &QDialog::accepted, this, [this, kid = row->kid] { m_view.removeAddress(kid); });
    sheet->open();
}

} // namespace sealwright::ui
