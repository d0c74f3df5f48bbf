"""The live server: one application built from the modules, with limits in front."""
