"""The embedded engine: speech recognition without a service, behind the wire of the Voxtral API."""
