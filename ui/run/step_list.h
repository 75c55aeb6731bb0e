#pragma once
#include "models/views/run_view.h"

#include <QWidget>

#include <array>

class QLabel;

namespace sealwright::ui {

/// The five steps of a run, each with how it stands and what came of it.
class StepList : public QWidget {
    Q_OBJECT
public:
    explicit StepList(views::RunView& view, QWidget* parent = nullptr);
    void show();

private:
    QString factsOf(views::RunStep step) const;

    views::RunView& m_view;
    struct Line {
        QLabel* mark;
        QLabel* facts;
    };
    std::array<Line, views::runSteps> m_lines{};
};

} // namespace sealwright::ui
