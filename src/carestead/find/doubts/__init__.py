"""Records that cannot be quite right: counted a bucket, told as findings; nothing is left out for them."""
