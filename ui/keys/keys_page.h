#pragma once
#include "models/views/session.h"
#include "ui/common/page.h"

namespace sealwright::ui {

class KitCard;

/// This machine's keys, their recovery kit, and everybody else's.
class KeysPage : public Page {
    Q_OBJECT
public:
    explicit KeysPage(views::Session& session, QWidget* parent = nullptr);
    void makeKit(); ///< begins it, as by its button

private:
    void show();
    views::MachineView& m_machine;
    views::KeysView& m_view;
    KitCard* m_kit;
};

} // namespace sealwright::ui
