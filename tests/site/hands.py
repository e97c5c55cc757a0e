"""Two ways to use a page, with the same words: a hand on the mouse, and a hand that has only the keyboard."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

# More stops than any page has; whoever has not come there by then never does.
STOPS = 250
FOCUSED = "(one) => one === document.activeElement"


class Mouse:
    """Points and clicks; text is typed, as no mouse can write."""

    def __init__(self, page: Page):
        self.page = page

    def press(self, what: Locator) -> None:
        """A button, a link or a summary."""
        what.click()

    def choose(self, option: Locator) -> None:
        """A radio button or a tick box, by its label."""
        self.page.locator(f"label[for='{option.get_attribute('id')}']").click()
        expect(option).to_be_checked()

    def select(self, field: Locator, value: str) -> None:
        """An entry of the browser's own list."""
        field.select_option(value)

    def find(self, field: Locator, typed: str) -> None:
        """The first place that answers what is typed."""
        field.click()
        self.page.keyboard.type(typed)
        self.page.get_by_role("option").first.click()

    def open_file(self, opener: Locator, file: Path) -> None:
        """The file that the browser's own window asks for."""
        with self.page.expect_file_chooser() as chooser:
            opener.click()
        chooser.value.set_files(file)

    def drag(self, chart: Locator, slider: Locator) -> None:
        """Along the chart, to the right."""
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        self.page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 80)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 80, steps=4)
        self.page.mouse.up()


class Keyboard:
    """Tab, arrows, Space, Enter and typing; nothing is clicked, focused or filled in any other way."""

    def __init__(self, page: Page):
        self.page = page
        # Asked for from the beginning: a key is quicker than the request to be told of the window that it opens.
        page.on("filechooser", lambda chooser: None)

    def reach(self, what: Locator) -> None:
        """Tab until it has the focus, from wherever the focus is."""
        what.wait_for()
        one = what.element_handle()
        for _ in range(STOPS):
            if one.evaluate(FOCUSED):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {one.evaluate('(one) => one.outerHTML.slice(0, 200)')}")

    def press(self, what: Locator) -> None:
        self.reach(what)
        self.page.keyboard.press("Enter")

    def choose(self, option: Locator) -> None:
        if option.get_attribute("type") == "checkbox":
            self.reach(option)
            self.page.keyboard.press("Space")
        else:
            same = self.page.locator(f"input[type=radio][name='{option.get_attribute('name')}']")
            checked = [one for one in same.all() if one.is_checked()]
            self.reach(checked[0] if checked else same.first)
            for _ in range(same.count() + 1):
                if option.is_checked():
                    break
                self.page.keyboard.press("ArrowDown" if checked else "Space")
                checked = [option]
        expect(option).to_be_checked()

    def select(self, field: Locator, value: str) -> None:
        self.reach(field)
        self.page.keyboard.press("Home")
        for _ in range(STOPS):
            if field.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no entry {value}")

    def find(self, field: Locator, typed: str) -> None:
        self.reach(field)
        self.page.keyboard.type(typed)
        self.page.keyboard.press("Enter")

    def open_file(self, opener: Locator, file: Path) -> None:
        self.reach(opener)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(file)

    def drag(self, chart: Locator, slider: Locator) -> None:
        self.reach(slider)
        for _ in range(5):
            self.page.keyboard.press("ArrowRight")
