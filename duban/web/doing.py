"""Doing a verb for a form: what a rule says against it stands in the form, with everything typed still there."""

from __future__ import annotations

from collections.abc import Callable

from duban.core.refusal import Invalid, Refused

from .citizen.forms import ForgivingForm
from .wording import told


def done(form: ForgivingForm, verb: Callable[[], object]) -> bool:
    """Do it, and say whether it was done. Raises what is not the form's to mend: no right, not found, too often."""
    try:
        verb()
    except Invalid as invalid:
        form.take_over(invalid)
        return False
    except Refused as refused:
        if refused.status != 409:
            raise
        form.add_error(refused.field if refused.field in form.fields else None, told(refused))
        form.refused = True
        return False
    return True


def status_of(form: ForgivingForm) -> int:
    """The status a page with this form is answered with: 200, 422 for fields to mend, 409 for a rule's no."""
    if not form.errors:
        return 200
    return 409 if form.refused else 422
