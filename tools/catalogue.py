"""Bring the message catalogue up to date with the code, and list what still needs a translation."""

from helpers.presentation.catalogue import update_catalogue

if __name__ == "__main__":
    missing = update_catalogue("nb")
    print(f"{len(missing)} messages without a Norwegian translation")
    print("\n".join(f"  {message}" for message in missing))
