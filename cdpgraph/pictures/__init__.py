"""What is shown: pictures made in Python, each with its equal in words."""
