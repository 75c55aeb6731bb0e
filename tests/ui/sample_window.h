#pragma once
#include "tests/ui/sample_session.h"
#include "ui/shell/main_window.h"

namespace sealwright::tests {

struct SampleSession {
    SampleSession() { sample::fill(session); }
    views::Session session;
};

/// The window in the middle of a working day, shown, with the session that it is on.
class SampleWindow : public SampleSession, public ui::MainWindow {
public:
    SampleWindow() : MainWindow(session) { show(); }
};

} // namespace sealwright::tests
