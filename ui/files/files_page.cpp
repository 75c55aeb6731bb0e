#include "ui/files/files_page.h"

#include "ui/common/band.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/common/pick_file.h"
#include "ui/common/theme.h"
#include "ui/files/file_delegate.h"
#include "ui/files/recipients_bar.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QListView>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

namespace sealwright::ui {

using items::FileRow;

FilesPage::FilesPage(views::FilesView& view, QWidget* parent) : Page(tr("Files"), parent), m_view(view) {
    setFacts(tr("Seal any file for those you choose, or open what was sealed for this machine."));
    m_add = button(tr("Add files…"), this);
    corner()->addWidget(m_add);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(makeEmpty());
    m_stack->addWidget(makeList());
    content()->addWidget(m_stack, 1);
    connect(m_add, &QPushButton::clicked, this, &FilesPage::choose);
    connect(&view, &views::PageView::changed, this, &FilesPage::show);
    connect(&view, &views::FilesView::recipientsChanged, this, &FilesPage::show);
    auto* add = new QShortcut(QKeySequence::Open, this);
    add->setContext(Qt::WidgetWithChildrenShortcut);
    connect(add, &QShortcut::activated, this, &FilesPage::choose);
    show();
}

QWidget* FilesPage::makeEmpty() {
    auto* area = new QFrame(this);
    area->setProperty("drop", true);
    auto* layout = new QVBoxLayout(area);
    layout->setSpacing(space12);
    layout->addStretch(2);
    auto* icon = new QLabel(area);
    icon->setPixmap(lineIcon("drop", Tone::Accent).pixmap(36, 36));
    icon->setAlignment(Qt::AlignCenter);
    connect(&Theme::instance(), &Theme::changed, icon,
            [icon] { icon->setPixmap(lineIcon("drop", Tone::Accent).pixmap(36, 36)); });
    layout->addWidget(icon);
    auto* title = label(tr("Drop files or folders here"), "cardTitle", area);
    title->setAlignment(Qt::AlignCenter);
    layout->addWidget(title);
    auto* text = label(tr("Anything is sealed whole, into one .sealed file beside it. A .sealed file is opened, and so "
                          "is a dataset with "
                          "its manifest beside it."),
                       "secondary", area);
    text->setAlignment(Qt::AlignCenter);
    layout->addWidget(text);
    auto* pick = primaryButton(tr("Choose files…"), area);
    layout->addWidget(pick, 0, Qt::AlignCenter);
    layout->addStretch(3);
    connect(pick, &QPushButton::clicked, this, &FilesPage::choose);
    return area;
}

QWidget* FilesPage::makeList() {
    auto* all = new QWidget(this);
    auto* card = new Card(all);
    m_list = new QListView(card);
    m_list->setModel(m_view.files());
    auto* delegate = new FileDelegate(m_list);
    m_list->setItemDelegate(delegate);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("Files"));
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->addWidget(m_list);
    m_recipients = new RecipientsBar(m_view, all);
    m_reveal = button(tr("Show in folder"), all);
    m_folder = button({}, all);
    m_start = primaryButton({}, all);
    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(space16);
    bottom->addWidget(m_recipients, 1);
    bottom->addWidget(m_reveal);
    bottom->addWidget(m_folder);
    bottom->addWidget(m_start);
    auto* layout = new QVBoxLayout(all);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space16);
    layout->addWidget(card, 1);
    layout->addLayout(bottom);

    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &FilesPage::show);
    connect(delegate, &FileDelegate::crossed, this, &FilesPage::takeAway);
    connect(m_list, &QListView::activated, this, &FilesPage::showResult);
    connect(m_reveal, &QPushButton::clicked, this, &FilesPage::showResult);
    connect(m_folder, &QPushButton::clicked, this, [this] {
        pickFolder(this, tr("Choose where to write"), m_target, [this](const QString& folder) {
            m_target = folder;
            show();
        });
    });
    connect(m_start, &QPushButton::clicked, this, &FilesPage::start);
    auto* remove = new QAction(this);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    m_list->addAction(remove);
    connect(remove, &QAction::triggered, this, [this] {
        if (const FileRow* row = current())
            takeAway(row->id);
    });
    return all;
}

void FilesPage::show() {
    // Of a line that failed, the band says all; the line itself has room for one sentence.
    const FileRow* shown = current();
    showFailure(m_view.failure() ? m_view.failure() : shown ? shown->failure : std::nullopt);
    m_reveal->setVisible(shown && !shown->result.isEmpty());
    const bool any = m_view.files()->rowCount() > 0;
    m_stack->setCurrentIndex(any ? 1 : 0);
    m_add->setVisible(any);
    if (!any)
        return;
    const int seal = m_view.ready(FileRow::Work::Seal), open = m_view.ready(FileRow::Work::Open);
    m_recipients->setVisible(seal > 0 || open == 0);
    m_folder->setText(m_target.isEmpty() ? tr("Write beside each file…")
                                         : tr("Write to %1…").arg(literal(QFileInfo(m_target).fileName())));
    m_start->setText(seal > 0 && open > 0 ? tr("Seal %1 and open %2").arg(seal).arg(open)
                     : open > 0           ? tr("Open %n file(s)", nullptr, open)
                     : seal > 0           ? tr("Seal %n file(s)", nullptr, seal)
                                          : tr("Seal"));
    m_start->setEnabled(open > 0 || (seal > 0 && !m_view.chosen().isEmpty()));
}

void FilesPage::start() {
    m_list->setFocus(); // the button goes out, and Qt would choose a neighbour
    m_view.openPackages(m_target);
    m_view.seal(m_target);
}

void FilesPage::choose() {
    pickFiles(this, tr("Choose files to seal or to open"), [this](const QStringList& paths) { m_view.add(paths); });
}

const FileRow* FilesPage::current() const {
    return m_view.files()->find(m_list->currentIndex().data(items::FileListModel::IdRole).toInt());
}

void FilesPage::takeAway(int id) {
    const FileRow* row = m_view.files()->find(id);
    if (!row)
        return;
    if (row->stage == FileRow::Stage::Waiting || row->stage == FileRow::Stage::Working)
        m_view.cancel(id);
    else
        m_view.remove(id);
}

void FilesPage::showResult() {
    const FileRow* row = current();
    if (!row || row->result.isEmpty())
        return;
    const QFileInfo result(row->result);
    QDesktopServices::openUrl(QUrl::fromLocalFile(result.isDir() ? row->result : result.absolutePath()));
}

} // namespace sealwright::ui
