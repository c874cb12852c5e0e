"""The fits that several chapters share: functions of the data, one module for each kind of model."""
