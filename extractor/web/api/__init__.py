"""The JSON API, `/api/v1`."""

from extractor.web.api.routes import router

__all__ = ["router"]
