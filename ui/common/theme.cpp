#include "ui/common/theme.h"

#include "ui/common/style_sheet.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
#include <QToolTip>

static void loadIcons() {
    Q_INIT_RESOURCE(icons); // a static library's resources are not loaded by themselves
}

namespace sealwright::ui {
namespace {

using namespace Qt::StringLiterals;

QString firstInstalled(const QStringList& wanted, const QString& otherwise) {
    const QStringList installed = QFontDatabase::families();
    for (const QString& family : wanted)
        if (installed.contains(family))
            return family;
    return otherwise;
}

const QString& textFamily() {
    static const QString family =
        firstInstalled({u"Inter"_s}, QFontDatabase::systemFont(QFontDatabase::GeneralFont).family());
    return family;
}

const QString& fixedFamily() {
    static const QString family = firstInstalled({u"JetBrains Mono"_s, u"Noto Sans Mono"_s, u"DejaVu Sans Mono"_s},
                                                 QFontDatabase::systemFont(QFontDatabase::FixedFont).family());
    return family;
}

QPalette paletteOf(const Colours& colours) {
    QPalette palette;
    palette.setColor(QPalette::Window, colours.window);
    palette.setColor(QPalette::WindowText, colours.text);
    palette.setColor(QPalette::Base, colours.surface);
    palette.setColor(QPalette::AlternateBase, colours.window);
    palette.setColor(QPalette::Text, colours.text);
    palette.setColor(QPalette::PlaceholderText, colours.secondary);
    palette.setColor(QPalette::Button, colours.surface);
    palette.setColor(QPalette::ButtonText, colours.text);
    palette.setColor(QPalette::BrightText, colours.failed);
    palette.setColor(QPalette::Highlight, colours.selection);
    palette.setColor(QPalette::HighlightedText, colours.text);
    palette.setColor(QPalette::Link, colours.accent);
    palette.setColor(QPalette::LinkVisited, colours.accent);
    palette.setColor(QPalette::ToolTipBase, colours.surface);
    palette.setColor(QPalette::ToolTipText, colours.text);
    palette.setColor(QPalette::Light, colours.surface);
    palette.setColor(QPalette::Midlight, colours.line);
    palette.setColor(QPalette::Mid, colours.line);
    palette.setColor(QPalette::Dark, colours.line);
    palette.setColor(QPalette::Shadow, colours.line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colours.secondary);
    return palette;
}

double pixels(Type type) {
    switch (type) {
    case Type::Body:
        return 13;
    case Type::Caption:
        return 11.5;
    case Type::CardTitle:
        return 14;
    case Type::PageTitle:
        return 20;
    case Type::Welcome:
        return 26;
    }
    return 13;
}

} // namespace

Theme& Theme::instance() {
    static Theme theme;
    return theme;
}

Theme::Theme() : m_colours(&lightColours()) {
    loadIcons();
    m_systemDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
}

QFont Theme::font(Type type, bool strong) {
    QFont font(textFamily());
    font.setPointSizeF(pixels(type) * 0.75);
    if (strong)
        font.setWeight(QFont::Weight(650));
    return font;
}

QFont Theme::fixedFont(Type type) {
    QFont font(fixedFamily());
    font.setStyleHint(QFont::Monospace);
    font.setPointSizeF((pixels(type) - 1) * 0.75);
    return font;
}

void Theme::apply(views::Appearance appearance) {
    const bool dark =
        appearance == views::Appearance::Dark || (appearance == views::Appearance::System && m_systemDark);
    m_colours = dark ? &darkColours() : &lightColours();
    if (QApplication::style()->name() != u"fusion"_s)
        QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QApplication::setFont(font(Type::Body));
    QApplication::setPalette(paletteOf(*m_colours));
    QToolTip::setPalette(paletteOf(*m_colours));
    qApp->setStyleSheet(styleSheet(*m_colours));
    Q_EMIT changed();
}

} // namespace sealwright::ui
