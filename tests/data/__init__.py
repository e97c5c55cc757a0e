"""Tests of the reading, checking and compiling of the policy data."""
