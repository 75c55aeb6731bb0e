#pragma once
#include "models/domain/failure.h"

#include <QWidget>

#include <optional>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace sealwright::ui {

class Band;

/// The frame of every page: title, a line of facts, room for a band, then content; controls at the title's right.
class Page : public QWidget {
    Q_OBJECT
public:
    explicit Page(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    QString title() const;
    void setFacts(const QString& facts);  ///< hidden while empty
    Band* band() const { return m_band; } ///< hidden until something is said with it
    /// The failure takes the band while there is one; says whether it did.
    bool showFailure(const std::optional<Failure>& failure);

protected:
    QVBoxLayout* content() const { return m_content; }
    QHBoxLayout* corner() const { return m_corner; }

private:
    QLabel* m_title;
    QLabel* m_facts;
    Band* m_band;
    QVBoxLayout* m_content;
    QHBoxLayout* m_corner;
};

} // namespace sealwright::ui
