"""What the tests of the import screen do again and again: plan files, choose one, read the shown rows."""


def plan_of(place, *paths):
    assert place.view.accept_files(paths)
    place.settle()
    return place.view.plan


def choose(view, name):
    model = view.stage.files.files
    for number in range(model.rowCount()):
        plan = model.entry(number).plan
        if plan is not None and plan.name == name:
            view.stage.files.choose(number)
            return plan
    raise AssertionError(name)


def shown_rows(table):
    model = table.model()
    return [[str(model.index(row, column).data() or "") for column in range(7)] for row in range(model.rowCount())]


def with_cell(line: str, place: int, value: str) -> str:
    cells = line.split(",")
    cells[place] = value
    return ",".join(cells)
