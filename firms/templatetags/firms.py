"""Names for codes, in the language of the page."""

from django import template

from firms.catalogues import industry_name, region_name
from firms.selectors.firms import role_label

register = template.Library()
register.filter("industry_name", industry_name)
register.filter("region_name", region_name)
register.filter("role_label", role_label)
