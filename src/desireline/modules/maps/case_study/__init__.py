"""Case studies: the way of one real person told as a map, without who she is."""

from desireline.modules.maps.case_study.service import CaseStudies

__all__ = ["CaseStudies"]
