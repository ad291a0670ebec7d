"""A first look without one's own files: a generated Turkish-market sample and the tour through the API.

All people, handles, brands and figures in it are made up. Handles are ordinary words and names, so an account
of the same name may exist somewhere; nothing here describes it. Contacts end in the reserved `.example`.
"""
