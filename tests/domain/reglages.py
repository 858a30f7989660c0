"""How properties of whole conventions are tried: drawing one takes time, more so on a busy machine."""

from hypothesis import HealthCheck, settings

WHOLE_CONVENTIONS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
