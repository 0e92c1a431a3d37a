// StorageTesting: see docs/ARCHITECTURE.md for what this module knows and never knows.
