#include "ui/welcome/welcome_page.h"

#include "ui/common/labels.h"
#include "ui/common/metrics.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealwright::ui {

WelcomePage::WelcomePage(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Welcome"));
    auto* column = new QWidget(this);
    column->setMaximumWidth(1000);
    auto* inner = new QVBoxLayout(column);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(0);
    inner->addWidget(label(tr("Welcome to Sealwright"), "welcome", column));
    inner->addSpacing(space8);
    inner->addWidget(label(tr("Your data is sealed on this machine, before it leaves it. What would you like to do?"),
                           "lead", column));
    inner->addSpacing(space24);
    auto* cards = new QHBoxLayout;
    cards->setSpacing(space16);
    cards->addWidget(
        entrance(tr("I have an invitation"),
                 tr("A platform asked for data. Paste the link or choose the file you were sent; this machine "
                    "makes its own keys."),
                 tr("Open invitation…"), &WelcomePage::invitationWanted));
    cards->addWidget(
        entrance(tr("I want to protect a file"),
                 tr("Seal any file or folder for yourself and for people whose recipient key you have. Nothing "
                    "to register."),
                 tr("Choose files…"), &WelcomePage::protectWanted));
    cards->addWidget(entrance(tr("I received data"),
                              tr("Open a .sealed file, or a dataset that was sealed for this machine."), tr("Open…"),
                              &WelcomePage::openWanted));
    inner->addLayout(cards);
    inner->addSpacing(space24);
    auto* foot = new QHBoxLayout;
    foot->addWidget(label(tr("You can also drop a file anywhere on this window."), "secondary", column), 1);
    auto* skip = linkButton(tr("Look around first"), column);
    foot->addWidget(skip);
    inner->addLayout(foot);
    inner->addStretch(1);
    connect(skip, &QPushButton::clicked, this, &WelcomePage::skipped);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(90, 88, 90, space24);
    layout->addWidget(column);
}

QWidget* WelcomePage::entrance(const QString& title, const QString& text, const QString& verb,
                               void (WelcomePage::*wanted)()) {
    auto* card = new Card(this);
    card->setFixedHeight(210);
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(space24, space24, space24, space24);
    layout->setSpacing(space8);
    layout->addWidget(label(title, "cardTitle", card));
    layout->addWidget(paragraph(text, "secondary", card));
    layout->addStretch(1);
    auto* go = button(verb, card);
    go->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    go->setAccessibleDescription(text);
    layout->addWidget(go);
    connect(go, &QPushButton::clicked, this, wanted);
    return card;
}

} // namespace sealwright::ui
