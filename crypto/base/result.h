#pragma once
#include <optional>
#include <utility>
#include <variant>

// A value or the reason why there is none. Errors are values here: nothing below the programs throws across a module.
namespace sealwright {

/// Wraps an error so that `return Err(x)` is told from `return value` even where T and E convert into each other.
template <class E>
struct Err {
    explicit Err(E reason) : error(std::move(reason)) {}
    E error;
};

template <class T, class E>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Err<E> failed) : m_state(std::in_place_index<1>, std::move(failed.error)) {}

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    /// Only where ok().
    T& value() & { return *std::get_if<0>(&m_state); }
    const T& value() const& { return *std::get_if<0>(&m_state); }
    T&& value() && { return std::move(*std::get_if<0>(&m_state)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return std::get_if<0>(&m_state); }
    const T* operator->() const { return std::get_if<0>(&m_state); }

    /// Only where !ok().
    const E& error() const { return *std::get_if<1>(&m_state); }
    Err<E> failed() const { return Err<E>(error()); }

private:
    std::variant<T, E> m_state;
};

template <class E>
class [[nodiscard]] Result<void, E> {
public:
    Result() = default;
    Result(Err<E> failed) : m_error(std::move(failed.error)) {}

    bool ok() const { return !m_error.has_value(); }
    explicit operator bool() const { return ok(); }
    const E& error() const { return *m_error; }
    Err<E> failed() const { return Err<E>(error()); }

private:
    std::optional<E> m_error;
};

} // namespace sealwright
