#pragma once

class QCoreApplication;

namespace sealwright::ui {

/// Installs the words of the person's language, else English, whose plurals are a translation too. Before any page is
/// made; GUI thread. False where the program was built without them.
bool speak(QCoreApplication& application);

} // namespace sealwright::ui
