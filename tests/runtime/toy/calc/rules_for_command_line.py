"""Not needed in the browser: the bundle leaves it out."""

import argparse

PARSER = argparse.ArgumentParser()
