"""What answers a link: an ASGI application in front of the API's. From a request to a 302 in microseconds."""
