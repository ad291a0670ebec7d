"""All routes of the domain, for app.py."""

from service.influencers.accounts import routes as accounts
from service.influencers.audiences import routes as audiences
from service.influencers.brands import routes as brands
from service.influencers.brands import series_routes as brand_series
from service.influencers.brands.comparing import routes as comparing
from service.influencers.followers import people_routes as people
from service.influencers.followers import routes as followers
from service.influencers.merging import routes as merging
from service.influencers.personas import routes as personas
from service.influencers.posts import routes as posts
from service.influencers.profiles import contact_routes as contacts
from service.influencers.profiles import routes as profiles
from service.influencers.rates import routes as rates
from service.influencers.removals import routes as removals
from service.influencers.samples import routes as samples

ROUTES = [
    *profiles.ROUTES,
    *contacts.ROUTES,
    *accounts.ROUTES,
    *audiences.ROUTES,
    *samples.ROUTES,
    *followers.ROUTES,
    *people.ROUTES,
    *posts.ROUTES,
    *rates.ROUTES,
    *removals.ROUTES,
    *merging.ROUTES,
    *brands.ROUTES,
    *brand_series.ROUTES,
    *comparing.ROUTES,
    *personas.ROUTES,
]
