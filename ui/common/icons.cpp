#include "ui/common/icons.h"

#include "ui/common/theme.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace sealwright::ui {
namespace {

using namespace Qt::StringLiterals;

const QByteArray& drawing(const QByteArray& name) {
    static QHash<QByteArray, QByteArray> known;
    auto found = known.find(name);
    if (found == known.end()) {
        QFile file(u":/sealwright/icons/"_s + QString::fromLatin1(name) + u".svg"_s);
        found = known.insert(name, file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
    }
    return *found;
}

class LineIconEngine : public QIconEngine {
public:
    LineIconEngine(QByteArray name, Tone tone) : m_name(std::move(name)), m_tone(tone) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        const Tone tone = mode == QIcon::Disabled ? Tone::Secondary : m_tone;
        paintIcon(*painter, rect, m_name.constData(), colours().tone(tone));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine* clone() const override { return new LineIconEngine(*this); }

private:
    QByteArray m_name;
    Tone m_tone;
};

} // namespace

QIcon lineIcon(const char* name, Tone tone) {
    return QIcon(new LineIconEngine(name, tone));
}

void paintIcon(QPainter& painter, const QRect& rect, const char* name, const QColor& colour) {
    QByteArray svg = drawing(name);
    svg.replace("#000", colour.name().toLatin1());
    QSvgRenderer renderer(svg);
    renderer.render(&painter, rect);
}

} // namespace sealwright::ui
