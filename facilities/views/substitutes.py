"""Who stands in for the user, and for whom the user does."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from facilities.actions.substitutes import end_substitute
from facilities.forms.substitutes import SubstituteForm
from facilities.models import Assignment
from facilities.selectors.substitutes import stood_in_for, substitutes_of
from facilities.views.answers import accepted
from ilp.core.errors import DomainError
from ilp.core.http import Request


def substitute_list(request: Request) -> HttpResponse:
    """A POST names a substitute."""
    form = SubstituteForm(request.POST or None, by=request.user)
    if accepted(request, form, lambda: form.apply(request.user)):
        messages.success(request, _("Pengganti tercatat. Ia bertindak atas nama Anda (a.n.)."))
        return redirect("facilities:substitutes")
    context = {
        "form": form,
        "named": substitutes_of(request.user),
        "filled": stood_in_for(request.user),
    }
    return render(request, "facilities/substitutes.html", context)


@require_POST
def substitute_end(request: Request, pk: int) -> HttpResponse:
    """The user is back before the last day, or will not be away."""
    mine = Assignment.objects.filter(stands_for__user=request.user)
    substitute = get_object_or_404(mine, pk=pk)
    try:
        end_substitute(substitute=substitute, by=request.user)
        messages.success(request, _("Penggantian diakhiri."))
    except DomainError as gone:
        messages.error(request, gone.sentence)
    return redirect("facilities:substitutes")
