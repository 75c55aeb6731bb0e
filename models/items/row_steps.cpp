#include "models/items/row_steps.h"

#include <QHash>

#include <algorithm>

namespace sealwright::items {
namespace {

/// Where each id stands; fewer than `ids` where one stands twice.
QHash<QString, int> placesOf(const std::vector<QString>& ids) {
    QHash<QString, int> places;
    places.reserve(static_cast<qsizetype>(ids.size()));
    for (std::size_t i = 0; i < ids.size(); ++i)
        places.insert(ids[i], static_cast<int>(i));
    return places;
}

/// Of the places in `order`, by place: whether it belongs to one longest ascending row of them. Those can stay.
std::vector<bool> staying(const std::vector<int>& order, std::size_t places) {
    std::vector<std::size_t> ends; // by length less one: where the lowest end of an ascending row of that length is
    std::vector<std::size_t> before(order.size(), order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto end = std::lower_bound(ends.begin(), ends.end(), order[i],
                                          [&](std::size_t at, int place) { return order[at] < place; });
        if (end != ends.begin())
            before[i] = *(end - 1);
        if (end == ends.end())
            ends.push_back(i);
        else
            *end = i;
    }
    std::vector<bool> stays(places, false);
    for (std::size_t i = ends.empty() ? order.size() : ends.back(); i < order.size(); i = before[i])
        stays[static_cast<std::size_t>(order[i])] = true;
    return stays;
}

class Steps {
public:
    Steps(const std::vector<QString>& from, const std::vector<QString>& to, std::size_t most)
        : m_from(from), m_to(to), m_most(most) {}

    std::optional<std::vector<RowStep>> find() {
        const auto kept = placesOf(m_from), wanted = placesOf(m_to);
        if (static_cast<std::size_t>(kept.size()) != m_from.size() ||
            static_cast<std::size_t>(wanted.size()) != m_to.size())
            return std::nullopt;
        if (!remove(wanted) || !move() || !insert(kept))
            return std::nullopt;
        return std::move(m_steps);
    }

private:
    bool add(RowStep step) {
        m_steps.push_back(step);
        return m_steps.size() <= m_most;
    }
    /// From the end, so that what is before keeps its row.
    bool remove(const QHash<QString, int>& wanted) {
        for (std::size_t end = m_from.size(); end > 0;) {
            std::size_t first = end;
            while (first > 0 && !wanted.contains(m_from[first - 1]))
                --first;
            if (first < end && !add({RowStep::Kind::Remove, static_cast<int>(first), static_cast<int>(end - first), 0}))
                return false;
            end = first > 0 ? first - 1 : 0;
        }
        for (const QString& id : m_from)
            if (const auto place = wanted.find(id); place != wanted.end())
                m_order.push_back(*place);
        return true;
    }
    /// Each that cannot stay goes, in ascending order, right behind the one that shall precede it.
    bool move() {
        std::vector<bool> placed = staying(m_order, m_to.size());
        std::vector<int> wandering;
        for (const int place : m_order)
            if (!placed[static_cast<std::size_t>(place)])
                wandering.push_back(place);
        if (wandering.size() > m_most)
            return false;
        std::sort(wandering.begin(), wandering.end());
        for (const int place : wandering) {
            const auto at = std::find(m_order.begin(), m_order.end(), place);
            auto target = m_order.begin();
            for (auto other = m_order.begin(); other != m_order.end(); ++other)
                if (*other < place && placed[static_cast<std::size_t>(*other)])
                    target = other + 1;
            placed[static_cast<std::size_t>(place)] = true;
            if (target == at || target == at + 1)
                continue; // others that cannot stay stood between
            if (!add({RowStep::Kind::Move, static_cast<int>(at - m_order.begin()), 1,
                      static_cast<int>(target - m_order.begin())}))
                return false;
            if (at < target)
                std::rotate(at, at + 1, target);
            else
                std::rotate(target, at, at + 1);
        }
        return true;
    }
    bool insert(const QHash<QString, int>& kept) {
        for (std::size_t at = 0; at < m_to.size();) {
            std::size_t end = at;
            while (end < m_to.size() && !kept.contains(m_to[end]))
                ++end;
            if (end > at && !add({RowStep::Kind::Insert, static_cast<int>(at), static_cast<int>(end - at), 0}))
                return false;
            at = end + 1;
        }
        return true;
    }

    const std::vector<QString>& m_from;
    const std::vector<QString>& m_to;
    const std::size_t m_most;
    std::vector<RowStep> m_steps;
    std::vector<int> m_order; ///< of the rows that are kept: the places they shall have
};

} // namespace

std::optional<std::vector<RowStep>> rowSteps(const std::vector<QString>& from, const std::vector<QString>& to,
                                             std::size_t most) {
    return Steps(from, to, most).find();
}

} // namespace sealwright::items
