#pragma once

namespace sealwright::pipeline {

/// Asks the C library to give long buffers back to the system as soon as they are freed, whoever frees them. By itself
/// glibc keeps, for each thread, up to twice the longest it ever saw freed, so that a pass over long records would take
/// their length times its threads. Process-wide, once; nothing where the library has no such switch. Any thread.
void giveLongBuffersBack();

} // namespace sealwright::pipeline
