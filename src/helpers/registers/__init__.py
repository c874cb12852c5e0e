"""Reading what the agencies deliver: check every file, harmonise it, or say precisely what is wrong."""
