"""How do signals become scores? One additive engine and the presets that are its data; both lines use it."""
