"""What Django does thoroughly while a database is made and emptied, as far as tests need it."""

import gc

from django.db import connection
from django.db.migrations.state import ModelState, ProjectState
from django.test import TransactionTestCase

LISTS = ("indexes", "constraints", "triggers")
KEPT = {"django_migrations", "django_content_type", "auth_permission"}
render, reload_model = ModelState.render, ProjectState.reload_model


def shape(held):
    """What of a model others may have to know."""
    others = {name: value for name, value in held.options.items() if name not in LISTS}
    return dict(held.fields), held.bases, list(held.managers), others


def rendered(self, apps):
    model = render(self, apps)
    model.shape = shape(self)
    return model


def reloaded(self, app_label, model_name, delay=False):
    """A column, an index, a constraint or a trigger more is told to the model as it stands; Django
    would make it and all that are related to it anew, which is most of what a migration takes."""
    if "apps" not in self.__dict__:
        return
    held = self.models[app_label, model_name]
    model = self.apps.all_models[app_label].get(model_name)
    if model is None or not grown(model, held):
        reload_model(self, app_label, model_name, delay)
        return
    for name in LISTS:
        if name in held.options:
            setattr(model._meta, name, held.options[name])


def grown(model, held):
    """Whether the model is what is held of it, or is now that it was told columns more."""
    (fields, *more), (others, *rest) = shape(held), model.shape
    new = {name: field for name, field in fields.items() if name not in others}
    same = {name: field for name, field in fields.items() if name in others} == others
    if more != rest or not same:
        return False
    for name, field in new.items():
        field.clone().contribute_to_class(model, name)
    model.shape = shape(held)
    return True


def emptied(_case):
    """After a test with commits of its own. Django would make every file of every table anew, and
    all types and permissions after it; triggers and the order of tables do not matter here."""
    tables = set(connection.introspection.django_table_names(only_existing=True)) - KEPT
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("; ".join(f'DELETE FROM "{table}"' for table in tables))
        cursor.execute("RESET session_replication_role")


def install():
    gc.set_threshold(100_000, 50, 50)  # what a test leaves behind is small, the modules are not
    ModelState.render, ProjectState.reload_model = rendered, reloaded
    TransactionTestCase._fixture_teardown = emptied
