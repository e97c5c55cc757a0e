"""Reading, checking and compiling the policy data; scripts.compile and scripts.check are the commands."""
