#pragma once
#include <QFrame>

namespace sealwright::ui {

/// Lies over the whole window while something is dragged over it, and says what a drop will do. It takes no events: the
/// window itself is dropped on.
class DropVeil : public QFrame {
    Q_OBJECT
public:
    explicit DropVeil(QWidget* window);
    void cover();
};

} // namespace sealwright::ui
