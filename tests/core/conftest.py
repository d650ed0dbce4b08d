import pytest
from django.template import engines
from jinja2 import Environment


@pytest.fixture
def jinja() -> Environment:
    """The environment of the product pages."""
    return engines["jinja2"].env
