"""The fits of single chapters: functions of a study."""
