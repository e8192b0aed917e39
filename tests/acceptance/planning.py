"""What people do with a plan and at a meeting, told once for several stories."""


def a_coordinator_writes_a_plan(coordinator, person):
    """A plan with the person's own words, a goal, a promise towards it, a contingency plan; agreed. Its address."""
    coordinator.opens(f"{person}plan/")
    press(coordinator, "Begin a plan")
    plan = coordinator.page.url
    writes(coordinator, "What is most important to me", "My dog Bess, and being asked before things are done.")
    hopes(coordinator, "I want to get to the allotment again", "Falls")
    asks(coordinator, "Assess the steps to the allotment", "It is written down what makes them safe")
    writes(coordinator, "Trigger factors", "I do not pick up the phone by ten")
    writes(coordinator, "What should happen", "Ring my daughter Ann, then knock")
    press_link(coordinator, "Say who reviews it, and when")
    press(coordinator, "Save")
    press_link(coordinator, "Agree the plan")
    press(coordinator, "The plan was agreed")
    return plan


def writes(somebody, heading, words):
    press_link(somebody, heading)
    somebody.page.get_by_label(heading).fill(words)
    press(somebody, "Save")
    assert somebody.sees("Saved.")


def hopes(somebody, words, need):
    press_link(somebody, "Add a goal")
    somebody.page.get_by_label("The goal, in the person's own words").fill(words)
    somebody.page.get_by_label("The need, concern or problem").fill(need)
    somebody.page.get_by_label("How important is it").select_option("9")
    press(somebody, "Save the goal")


def asks(somebody, what, done_means):
    press_link(somebody, "Ask somebody to do something")
    somebody.page.get_by_label("What is to be done?").fill(what)
    somebody.page.get_by_label("Done means").fill(done_means)
    somebody.page.get_by_label("Who does it?").select_option(index=1)
    press(somebody, "Ask for it")


def press(somebody, name):
    somebody.page.get_by_role("button", name=name, exact=True).first.click()


def press_link(somebody, name):
    somebody.page.get_by_role("link", name=name).first.click()


def a_coordinator_begins_a_meeting(coordinator, person):
    """A meeting that is being held, with the person on its agenda. Gives its address."""
    number = nhs_number_of(coordinator, person)
    coordinator.opens("/mdt/")
    press_link(coordinator, "Prepare a meeting")
    coordinator.page.get_by_label("Where").fill("Library")
    press(coordinator, "Prepare the meeting")
    meeting = coordinator.page.url
    coordinator.page.get_by_text("Add somebody").click()
    coordinator.page.get_by_label("NHS number").fill(number)
    coordinator.page.locator("#why").fill("Fell twice this month")
    press(coordinator, "Put on the agenda")
    coordinator.page.get_by_label("Who is here?").fill("Kim Teal, Dr Quill")
    press(coordinator, "Begin")
    return meeting


def nhs_number_of(somebody, person):
    somebody.opens(person)
    return somebody.page.locator(".cs-banner__fact", has_text="NHS No.").locator("dd").inner_text()
