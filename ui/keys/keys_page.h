#pragma once
#include "models/views/session.h"
#include "ui/common/page.h"

namespace sealwright::ui {

/// This machine's keys, their recovery kit, and everybody else's.
class KeysPage : public Page {
    Q_OBJECT
public:
    explicit KeysPage(views::Session& session, QWidget* parent = nullptr);

private:
    void show();
    views::KeysView& m_view;
};

} // namespace sealwright::ui
