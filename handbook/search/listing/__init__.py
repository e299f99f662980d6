"""What readers without scripts find by: every question, the pages of topics, titles from A to Z."""
