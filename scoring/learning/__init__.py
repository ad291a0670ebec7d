"""What finished collaborations teach: the learned fit, its evaluation, its card and artefact; forecasts."""
