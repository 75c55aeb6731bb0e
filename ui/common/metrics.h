#pragma once

// Sizes that every page shares, in device-independent pixels.
namespace sealwright::ui {

inline constexpr int space4 = 4, space8 = 8, space12 = 12, space16 = 16, space24 = 24;
inline constexpr int pageMargin = 24;
inline constexpr int controlHeight = 32;
inline constexpr int tableRow = 31; ///< 30 and the line under it
inline constexpr int chipHeight = 22;
inline constexpr int navigationWidth = 196;
inline constexpr int iconSize = 18;
inline constexpr int radiusControl = 6, radiusCard = 8, radiusChip = 10;

} // namespace sealwright::ui
