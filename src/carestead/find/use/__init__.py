"""How people use services: stays and meetings counted once, and the features that rules and lists ask for."""
