"""Tests of the data for others and of the leaflets."""
