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
#include <QMenu>
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
    top->addWidget(addKey);
    m_table = new Table(this);
    m_table->setModel(m_view.addresses());
    m_table->setItemDelegate(new AddressDelegate(m_table));
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
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
    connect(m_table, &QWidget::customContextMenuRequested, this, &PeopleCard::openMenu);
    connect(&m_view, &views::KeysView::addressOffered, this, &PeopleCard::add);
    connect(&m_view, &views::PageView::changed, this, &PeopleCard::show);
    show();
}

void PeopleCard::show() {
    m_stack->setCurrentIndex(m_view.addresses()->rowCount() > 0 ? 0 : 1);
}

void PeopleCard::add(const items::AddressRow& found) {
    auto* sheet = new Sheet(
        tr("Whose recipient key is this?"),
        tr("Compare the six words with them, by phone or in person. What you seal for this key can be opened by "
           "whoever holds it."),
        tr("Add"), this);
    auto* facts = new FactGrid(sheet, 90);
    facts->addText(tr("Six words"), fixedHtml(spacedWords(found.words)));
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

void PeopleCard::openMenu(const QPoint& at) {
    const QModelIndex index = m_table->indexAt(at);
    if (!index.isValid())
        return;
    const items::AddressRow& row = m_view.addresses()->rows()[static_cast<std::size_t>(index.row())];
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* remove =
        menu->addAction(tr("Forget this key"), this, [this, kid = row.kid] { m_view.removeAddress(kid); });
    remove->setEnabled(!row.fromRegistration);
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

} // namespace sealwright::ui
