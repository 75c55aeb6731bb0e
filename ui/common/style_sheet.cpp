#include "ui/common/style_sheet.h"

#include <QHash>

namespace sealwright::ui {
namespace {

using namespace Qt::StringLiterals;

// Points are pixels at 96 dpi times 0.75: style sheets take no fractions of a pixel.
constexpr auto sheet = R"(
QLabel { background: transparent; }
QLabel[role="title"] { font-size: 15pt; font-weight: 700; }
QLabel[role="welcome"] { font-size: 19.5pt; font-weight: 700; }
QLabel[role="lead"] { font-size: 11.25pt; color: @secondary; }
QLabel[role="cardTitle"] { font-size: 10.5pt; font-weight: 650; }
QLabel[role="caption"] { font-size: 8.625pt; color: @secondary; }
QLabel[role="secondary"] { color: @secondary; }
QLabel[role="words"] { font-size: 11.25pt; font-weight: 600; }
QLabel[role="brand"] { font-size: 11.25pt; font-weight: 700; }

QFrame[card="true"] { background: @surface; border: 1px solid @line; border-radius: 8px; }
QFrame[rule="true"] { background: @line; border: none; max-height: 1px; min-height: 1px; }
QFrame[navigation="true"] { background: @window; border: none; border-right: 1px solid @line; }
QFrame[drop="true"] { background: @surface; border: 1px dashed @secondary; border-radius: 8px; }
QFrame[drop="veil"] { background: @selection; border: 2px dashed @accent; border-radius: 8px; }

QFrame[band="info"] { background: @selection; border: none; border-radius: 6px; }
QFrame[band="good"] { background: @sealedGround; border: none; border-radius: 6px; }
QFrame[band="attention"] { background: @readableGround; border: none; border-radius: 6px; }
QFrame[band="failure"] { background: @failedGround; border: none; border-radius: 6px; }
QFrame[band="info"] QLabel { color: @text; }
QFrame[band="good"] QLabel { color: @sealed; }
QFrame[band="attention"] QLabel { color: @readable; }
QFrame[band="failure"] QLabel { color: @failed; }
QFrame[band] QPlainTextEdit { background: @surface; }

QPushButton { background: @surface; color: @text; border: 1px solid @line; border-radius: 6px; padding: 0 14px;
  min-height: 30px; }
QPushButton:hover { border-color: @secondary; }
QPushButton:pressed { background: @selection; }
QPushButton:focus { border: 2px solid @accent; padding: 0 13px; min-height: 28px; }
QPushButton:disabled { color: @secondary; background: @window; }
QPushButton[kind="primary"] { background: @accent; color: @onAccent; border: 1px solid @accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { border-color: @text; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; }
QPushButton[kind="primary"]:disabled { background: @line; border-color: @line; color: @secondary; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; padding: 0 4px; min-height: 20px;
  color: @accent; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid @accent; padding: 0 3px; min-height: 18px; }
QFrame[band="failure"] QPushButton[kind="link"] { color: @failed; }
QFrame[band="attention"] QPushButton[kind="link"] { color: @readable; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: @selection; }
QToolButton:focus { border: 2px solid @accent; padding: 3px; }
QToolButton[kind="framed"] { background: @surface; border: 1px solid @line; }
QToolButton[kind="framed"]:hover { border-color: @secondary; }
QToolButton[kind="framed"]:focus { border: 2px solid @accent; }

QLineEdit, QPlainTextEdit { background: @surface; border: 1px solid @line; border-radius: 6px;
  selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit { min-height: 30px; padding: 0 9px; }
QLineEdit:focus { border: 2px solid @accent; padding: 0 8px; min-height: 28px; }
QPlainTextEdit { padding: 6px; }
QPlainTextEdit:focus { border: 2px solid @accent; padding: 5px; }
QLineEdit:disabled { color: @secondary; background: @window; }

QAbstractItemView { background: transparent; border: none; outline: none; selection-background-color: @selection;
  selection-color: @text; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: @surface; color: @secondary; border: none; border-bottom: 1px solid @line;
  padding: 0 10px; font-size: 8.625pt; font-weight: 600; }
QTableCornerButton::section { background: @surface; border: none; }

QProgressBar { background: @line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; text-align: left; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }

QMenu { background: @surface; color: @text; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @selection; color: @text; }
QMenu::item:disabled { color: @secondary; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QToolTip { background: @surface; color: @text; border: 1px solid @line; padding: 4px 6px; }

QScrollArea, QScrollArea > QWidget > QWidget[page="true"] { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @handle; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: @secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QDialog, QMainWindow { background: @window; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
)"_L1;

} // namespace

QString styleSheet(const Colours& colours) {
    // Longer names first: a shorter one may be the beginning of a longer.
    const std::pair<QLatin1StringView, QColor> names[] = {{"@sealedGround"_L1, colours.sealedGround},
                                                          {"@readableGround"_L1, colours.readableGround},
                                                          {"@failedGround"_L1, colours.failedGround},
                                                          {"@secondary"_L1, colours.secondary},
                                                          {"@selection"_L1, colours.selection},
                                                          {"@onAccent"_L1, colours.onAccent},
                                                          {"@readable"_L1, colours.readable},
                                                          {"@surface"_L1, colours.surface},
                                                          {"@handle"_L1, colours.handle},
                                                          {"@accent"_L1, colours.accent},
                                                          {"@sealed"_L1, colours.sealed},
                                                          {"@failed"_L1, colours.failed},
                                                          {"@window"_L1, colours.window},
                                                          {"@line"_L1, colours.line},
                                                          {"@text"_L1, colours.text}};
    QString text = sheet;
    for (const auto& [name, colour] : names)
        text.replace(name, colour.name());
    return text;
}

} // namespace sealwright::ui
