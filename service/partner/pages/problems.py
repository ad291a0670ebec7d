"""What can go wrong on a page alone."""

from service.kit.problems import Forbidden, Unauthorized


class NotLoggedIn(Unauthorized):
    """The page is for somebody who is logged in: they are asked to."""

    title = "Please log in"
    slug = "not-logged-in"


class ForeignForm(Forbidden):
    """The form was sent from somewhere else, is too old, or the browser keeps no cookies."""

    title = "The form was not accepted"
    slug = "foreign-form"


TURKISH = {"Please log in": "Lütfen giriş yapın", "The form was not accepted": "Form kabul edilmedi"}
